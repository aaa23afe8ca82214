"""One folder per screen: ``urls``, ``views``, ``words``, ``templates``; its ``SCREEN`` puts it into the app."""
