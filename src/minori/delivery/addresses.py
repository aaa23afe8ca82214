"""Which machines a message may be brought to: the open internet, and of one's own network only what is named.

A name is resolved here, every address of it is checked, and the connection goes to the address that was checked: a name
that answers differently a moment later gains nothing.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from minori.delivery.message import SendError

Address = IPv4Address | IPv6Address
_NAT64 = ip_network("64:ff9b::/96")
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Network:
    """What may be reached beside the open internet: networks such as ``10.1.0.0/16``, and who vouches for them."""

    allowed: tuple[str, ...] = ()
    authority: str | None = None  # file of certificates that are trusted beside the system's

    def allows(self, address: Address) -> bool:
        """Say whether an address may be connected to."""
        plain = _plain(address)
        if any(plain in ip_network(one, strict=False) for one in self.allowed):
            return True
        return plain.is_global and not plain.is_multicast

    def trust(self) -> ssl.SSLContext:
        """Return whose certificates are believed."""
        context = ssl.create_default_context()
        if self.authority is not None:
            context.load_verify_locations(self.authority)
        return context


OPEN = Network()
"""The open internet alone."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host; raises SendError, to be tried again, if its name cannot be resolved."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as e:
        raise SendError(f"{host} cannot be resolved ({e})", False) from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(host: str, port: int, network: Network, resolved: Resolve = resolve) -> str:
    """Return an address of a host that may be connected to.

    Raises SendError for good if any of its addresses may not: a name that stands for both is up to no good.
    """
    addresses = [ip_address(text.partition("%")[0]) for text in resolved(host, port)]
    if not addresses:
        raise SendError(f"{host} has no address", False)
    if not all(network.allows(address) for address in addresses):
        raise SendError(f"{host} is in a private or reserved network, which is not allowed", True)
    return str(addresses[0])


def _plain(address: Address) -> Address:
    """Return the address that is really meant: IPv6 can wrap one of IPv4."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address
