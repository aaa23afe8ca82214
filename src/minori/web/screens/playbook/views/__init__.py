"""Pages and actions of the playbook."""
