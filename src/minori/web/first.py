"""The first people of an app: an administrator, and in the sample company one of each role."""

from minori.web.audit import record
from minori.web.company import company_file
from minori.web.models import Person, Role
from minori.web.signing_in.links import make_link

SAMPLE_DOMAIN = "example.com"


def ensure_admin(email: str, name: str) -> Person:
    """Return the person with this address as an active administrator; they may have been something else."""
    person = Person.objects.filter(email=email.lower()).first()
    if person is None:
        person = Person.objects.invite(email, name=name, role=Role.ADMIN)
    Person.objects.filter(pk=person.pk).update(role=Role.ADMIN, is_active=True, sees_all=True)
    record(None, "person.made_admin", f"person:{person.pk}")
    return person


def sample_people() -> list[tuple[Person, str]]:
    """Return one person of each role of the sample company with a link that signs them in once."""
    chosen = [("admin", Role.ADMIN, "minori", True), ("viewer", Role.VIEWER, "minori", True)]
    links = []
    for key, role, name, every in [*_of_team(), *chosen]:
        email = f"{key}@{SAMPLE_DOMAIN}"
        person = Person.objects.filter(email=email).first() or Person.objects.invite(
            email,
            name=name,
            role=role,
            member=key if not every or role == Role.MANAGER else "",
            sees_all=every,
        )
        links.append((person, make_link(person)))
    return links


def _of_team() -> list[tuple[str, Role, str, bool]]:
    """Return the first member of each role: key, role, name, whether they see all customers."""
    found: dict[str, tuple[str, Role, str, bool]] = {}
    for key, member in company_file().team.items():
        role = Role(member.role)
        found.setdefault(role, (key, role, member.name, role in (Role.MANAGER, Role.ADMIN)))
    return list(found.values())
