"""The worker as a process: ends after the job that is under way when it is told to."""

import os
import signal
import threading


def main() -> None:
    """Work until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minori.web.settings")
    import django

    django.setup()
    from minori.web.jobs.worker import work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = threading.Thread(target=work, args=(stop,), kwargs={"quick": True})
    beside.start()  # mail and previews do not wait for a run to end
    work(stop)
    beside.join()


if __name__ == "__main__":
    main()
