"""The app's tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import minori.web.models.lean_json


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Admin"),
                            ("manager", "Manager"),
                            ("csm", "Csm"),
                            ("sales", "Sales"),
                            ("viewer", "Viewer"),
                        ],
                        default="viewer",
                        max_length=10,
                    ),
                ),
                ("member", models.CharField(blank=True, db_index=True, max_length=100)),
                ("sees_all", models.BooleanField(default=True)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("theme", models.CharField(blank=True, max_length=5)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "db_table": "person",
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alert_id", models.CharField(max_length=100, unique=True)),
                ("customer_id", models.CharField(db_index=True, max_length=200)),
                ("play", models.CharField(max_length=100)),
                ("owner", models.CharField(blank=True, db_index=True, max_length=100)),
                ("sales_owner", models.CharField(blank=True, max_length=100)),
                ("at", models.DateTimeField()),
                ("because", models.JSONField(default=dict)),
                ("evidence", models.JSONField(default=list)),
                ("seen_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "alert",
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel_id", models.SlugField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("settings", models.JSONField(default=dict)),
                ("secret_in", models.CharField(blank=True, max_length=100)),
                ("on", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "channel",
                "ordering": ("channel_id",),
            },
        ),
        migrations.CreateModel(
            name="DataCopied",
            fields=[
                ("table", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("rows", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "data_copied",
            },
        ),
        migrations.CreateModel(
            name="PolicyFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=300, unique=True)),
                ("hash", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "db_table": "policy_file",
                "ordering": ("file",),
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("copied_at", models.DateTimeField(null=True)),
                ("currency", models.CharField(default="", max_length=3)),
                ("names", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "proof",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField()),
                ("policy_hash", models.CharField(max_length=64)),
                ("ran_at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
                ("notices", models.JSONField(default=list)),
                ("totals", models.JSONField(default=dict)),
                ("copied_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "read_run",
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("shown", models.CharField(max_length=12)),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "api_token",
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="AsideRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarantine_id", models.CharField(max_length=64, unique=True)),
                ("load_no", models.IntegerField()),
                ("source", models.CharField(max_length=60)),
                ("table", models.CharField(max_length=40)),
                ("file", models.CharField(blank=True, max_length=400)),
                ("row", models.BigIntegerField(null=True)),
                ("column", models.CharField(blank=True, max_length=200)),
                ("value", models.TextField(blank=True)),
                ("reason", models.JSONField()),
                ("record", models.JSONField(default=dict)),
                ("line", models.TextField(blank=True)),
            ],
            options={
                "db_table": "data_aside",
                "indexes": [models.Index(fields=["source", "file", "row"], name="aside_by_place")],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("what", models.CharField(db_index=True, max_length=60)),
                ("subject", models.CharField(db_index=True, max_length=200)),
                ("detail", models.JSONField(default=dict)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "audit",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("row", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("drained_at", models.DateTimeField(db_index=True, null=True)),
            ],
            options={
                "db_table": "fact",
                "constraints": [models.UniqueConstraint(fields=("table", "key"), name="one_fact_per_key")],
            },
        ),
        migrations.CreateModel(
            name="LoadRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("load_no", models.IntegerField()),
                ("loaded_at", models.DateTimeField()),
                ("source", models.CharField(max_length=60)),
                ("table", models.CharField(max_length=40)),
                ("rows", models.BigIntegerField()),
                ("new", models.BigIntegerField()),
                ("unchanged", models.BigIntegerField()),
                ("corrected", models.BigIntegerField()),
                ("duplicates", models.BigIntegerField()),
                ("quarantined", models.BigIntegerField()),
                ("left_out", models.BigIntegerField()),
                ("removed", models.BigIntegerField()),
                ("covers_from", models.DateField(null=True)),
                ("covers_until", models.DateField(null=True)),
                ("fresh_within_days", models.IntegerField()),
                ("files", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
            ],
            options={
                "db_table": "data_load",
                "indexes": [models.Index(fields=["source", "-load_no"], name="load_by_source")],
                "constraints": [
                    models.UniqueConstraint(fields=("load_no", "source", "table"), name="one_row_per_load")
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("channel", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("to", models.CharField(max_length=400)),
                ("customer_id", models.CharField(blank=True, db_index=True, max_length=200)),
                ("user_id", models.CharField(blank=True, db_index=True, max_length=200)),
                ("proposal_id", models.CharField(blank=True, db_index=True, max_length=100)),
                ("content", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Claimed"),
                            ("sent", "Sent"),
                            ("held", "Held"),
                            ("dead", "Dead"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("tries", models.IntegerField(default=0)),
                ("send_after", models.DateTimeField(db_index=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("claimed_by", models.CharField(blank=True, max_length=100)),
                ("said", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "message",
                "indexes": [models.Index(fields=["state", "send_after"], name="message_due")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("customer_id", models.CharField(db_index=True, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("words", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "note",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="PolicyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("file", models.CharField(db_index=True, max_length=200)),
                ("before_hash", models.CharField(blank=True, max_length=64)),
                ("after_hash", models.CharField(blank=True, max_length=64)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("together", models.CharField(db_index=True, max_length=32)),
                ("outside", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undo_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="undone_by",
                        to="web.policychange",
                    ),
                ),
            ],
            options={
                "db_table": "policy_change",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="PolicyDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=120)),
                ("changes", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "policy_draft",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Current",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="web.run")),
            ],
            options={
                "db_table": "read_current",
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "sign_in_link",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("customer_id", models.CharField(blank=True, db_index=True, max_length=200)),
                ("proposal_id", models.CharField(blank=True, max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("owner", models.CharField(blank=True, db_index=True, max_length=100)),
                ("due_on", models.DateField(db_index=True, null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "task",
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("proposal_id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("customer_id", models.CharField(db_index=True, max_length=200)),
                ("play", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=40)),
                ("asks_for_money", models.BooleanField(default=True)),
                ("owner", models.CharField(blank=True, db_index=True, max_length=100)),
                ("sales_owner", models.CharField(blank=True, db_index=True, max_length=100)),
                ("doer", models.CharField(blank=True, max_length=100)),
                ("channel", models.CharField(blank=True, max_length=40)),
                ("touch", models.CharField(blank=True, max_length=10)),
                ("person_decides", models.BooleanField(default=True)),
                ("value", models.FloatField(default=0.0)),
                ("mrr_change", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("once", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("items", models.IntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("sent", "Sent"),
                            ("seen", "Seen"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("snoozed", "Snoozed"),
                            ("handed_over", "Handed Over"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("version", models.IntegerField(default=0)),
                ("card", models.JSONField(default=dict, encoder=minori.web.models.lean_json.LeanJson)),
                ("words", models.JSONField(default=dict)),
                ("touched", models.BooleanField(default=False)),
                ("stale", models.BooleanField(default=False)),
                ("first_as_of", models.DateField()),
                ("last_as_of", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("snoozed_until", models.DateField(db_index=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("sent_at", models.DateTimeField(null=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "db_table": "work",
                "indexes": [
                    models.Index(fields=["owner", "state"], name="work_by_owner"),
                    models.Index(fields=["doer", "state", "-value"], name="work_by_doer"),
                    models.Index(fields=["state", "-value"], name="work_by_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", models.CharField(db_index=True, max_length=100)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("why", models.JSONField(default=dict)),
                ("context", models.JSONField(default=dict)),
                ("note", models.TextField(blank=True)),
                ("proposes_on", models.DateField(null=True)),
                ("result", models.CharField(blank=True, max_length=12)),
                ("result_note", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hand_overs", to="web.work"
                    ),
                ),
            ],
            options={
                "db_table": "hand_over",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("asked", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=200)),
                ("share", models.FloatField(default=0.0)),
                ("result", models.JSONField(default=dict)),
                ("problem", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, max_length=100)),
                ("tries", models.IntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "job",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("kind", "key"),
                        name="one_open_job",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MovementRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=12)),
                ("period_from", models.DateField()),
                ("period_until", models.DateField()),
                ("whole", models.BooleanField()),
                ("product", models.CharField(max_length=200, null=True)),
                ("place", models.IntegerField()),
                ("step", models.CharField(max_length=20)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("customers", models.IntegerField(null=True)),
                (
                    "proof",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.proof"
                    ),
                ),
            ],
            options={
                "db_table": "proof_movement",
                "indexes": [models.Index(fields=["proof", "by", "period_from"], name="movement_by_period")],
            },
        ),
        migrations.CreateModel(
            name="Meaning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figure", models.CharField(max_length=60)),
                ("label", models.JSONField()),
                ("means", models.JSONField()),
                ("computed", models.JSONField()),
                ("counts", models.JSONField()),
                ("proof", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="web.proof")),
            ],
            options={
                "db_table": "proof_meaning",
                "constraints": [models.UniqueConstraint(fields=("proof", "figure"), name="one_meaning")],
            },
        ),
        migrations.CreateModel(
            name="FigureRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40)),
                ("figure", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("aspect", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(blank=True, max_length=12)),
                ("period_from", models.DateField(null=True)),
                ("period_until", models.DateField(null=True)),
                ("place", models.IntegerField()),
                ("unit", models.CharField(max_length=10)),
                ("value", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("level", models.FloatField(null=True)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("sample", models.BigIntegerField(default=0)),
                ("observational", models.BooleanField(default=False)),
                ("missing", models.JSONField(null=True)),
                ("note", models.JSONField(null=True)),
                (
                    "proof",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.proof"
                    ),
                ),
            ],
            options={
                "db_table": "proof_figure",
                "indexes": [
                    models.Index(fields=["proof", "part", "by", "place"], name="figure_by_part"),
                    models.Index(fields=["proof", "figure"], name="figure_by_id"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CurveRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("play", models.CharField(max_length=100)),
                ("threshold_place", models.IntegerField()),
                ("threshold_name", models.CharField(max_length=200)),
                ("comparison", models.CharField(max_length=10)),
                ("threshold", models.FloatField()),
                ("current", models.BooleanField()),
                ("outcome", models.CharField(max_length=20)),
                ("fires", models.IntegerField()),
                ("customers", models.IntegerField()),
                ("happened", models.IntegerField()),
                ("rate", models.FloatField(null=True)),
                ("rate_low", models.FloatField(null=True)),
                ("rate_high", models.FloatField(null=True)),
                ("base_rate", models.FloatField(null=True)),
                ("lift", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("foreseen", models.FloatField(null=True)),
                ("sample", models.IntegerField()),
                (
                    "proof",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.proof"
                    ),
                ),
            ],
            options={
                "db_table": "proof_curve",
                "indexes": [
                    models.Index(fields=["proof", "play", "threshold_place", "outcome"], name="curve_by_play")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChartRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40)),
                ("chart", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(max_length=2)),
                ("theme", models.CharField(max_length=5)),
                ("width", models.IntegerField()),
                ("spec", models.TextField()),
                ("svg", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "proof",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.proof"
                    ),
                ),
            ],
            options={
                "db_table": "proof_chart",
                "indexes": [
                    models.Index(
                        fields=["proof", "chart", "subject", "language", "theme"], name="chart_by_look"
                    ),
                    models.Index(fields=["digest"], name="chart_by_digest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProofPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40)),
                ("label", models.JSONField(default=dict)),
                ("state", models.CharField(max_length=12)),
                ("why", models.JSONField(null=True)),
                ("rows", models.IntegerField(default=0)),
                ("seconds", models.FloatField(default=0.0)),
                ("computed_at", models.DateTimeField()),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="web.proof"
                    ),
                ),
            ],
            options={
                "db_table": "proof_part",
                "constraints": [models.UniqueConstraint(fields=("proof", "part"), name="one_row_per_part")],
            },
        ),
        migrations.CreateModel(
            name="ProposalRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("proposal_id", models.CharField(max_length=100)),
                ("customer_id", models.CharField(max_length=200)),
                ("customer", models.CharField(max_length=400)),
                ("play", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=40)),
                ("place", models.IntegerField()),
                ("owner", models.CharField(blank=True, max_length=100)),
                ("sales_owner", models.CharField(blank=True, max_length=100)),
                ("channel", models.CharField(blank=True, max_length=40)),
                ("touch", models.CharField(blank=True, max_length=10)),
                ("band", models.CharField(blank=True, max_length=10)),
                ("health", models.FloatField(null=True)),
                ("asks_for_money", models.BooleanField()),
                ("person_decides", models.BooleanField()),
                ("value", models.FloatField()),
                ("mrr_change", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("once", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("accept", models.FloatField(null=True)),
                ("accept_low", models.FloatField(null=True)),
                ("accept_high", models.FloatField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("card", models.JSONField(default=dict, encoder=minori.web.models.lean_json.LeanJson)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.run"
                    ),
                ),
            ],
            options={
                "db_table": "read_proposal",
                "indexes": [
                    models.Index(fields=["run", "owner", "place"], name="proposal_by_owner"),
                    models.Index(fields=["run", "place"], name="proposal_by_place"),
                    models.Index(fields=["run", "customer_id"], name="proposal_by_customer"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "proposal_id"), name="one_row_per_proposal")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlayRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("play", models.CharField(max_length=100)),
                ("signals", models.IntegerField(default=0)),
                ("candidates", models.IntegerField(default=0)),
                ("proposed", models.IntegerField(default=0)),
                ("outranked", models.IntegerField(default=0)),
                ("hold_out", models.IntegerField(default=0)),
                ("held", models.JSONField(default=dict)),
                ("off_because", models.JSONField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.run"
                    ),
                ),
            ],
            options={
                "db_table": "read_play",
                "constraints": [models.UniqueConstraint(fields=("run", "play"), name="one_row_per_play")],
            },
        ),
        migrations.CreateModel(
            name="ListedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listed", models.CharField(max_length=12)),
                ("place", models.IntegerField()),
                ("customer_id", models.CharField(max_length=200)),
                ("owner", models.CharField(blank=True, max_length=100)),
                ("sales_owner", models.CharField(blank=True, max_length=100)),
                ("play", models.CharField(max_length=100)),
                ("guard", models.CharField(blank=True, max_length=40)),
                ("until", models.DateField(null=True)),
                ("line", models.JSONField(default=dict, encoder=minori.web.models.lean_json.LeanJson)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.run"
                    ),
                ),
            ],
            options={
                "db_table": "read_listed",
                "indexes": [
                    models.Index(
                        fields=["run", "listed", "place", "owner", "sales_owner", "customer_id"],
                        name="listed_by_place",
                    ),
                    models.Index(fields=["run", "listed", "owner", "place"], name="listed_by_owner"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FateRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("candidate_id", models.CharField(max_length=100)),
                ("customer_id", models.CharField(max_length=200)),
                ("play", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=40)),
                ("fate", models.CharField(max_length=12)),
                ("guard", models.CharField(blank=True, max_length=40)),
                ("until", models.DateField(null=True)),
                ("reason_ja", models.TextField(blank=True)),
                ("reason_en", models.TextField(blank=True)),
                ("value", models.FloatField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.run"
                    ),
                ),
            ],
            options={
                "db_table": "read_fate",
                "indexes": [
                    models.Index(fields=["run", "customer_id"], name="fate_by_customer"),
                    models.Index(fields=["run", "play", "fate"], name="fate_by_play"),
                    models.Index(fields=["run", "fate", "guard"], name="fate_by_guard"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("customer_id", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=400)),
                ("folded", models.CharField(max_length=700)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("industry", models.CharField(blank=True, max_length=200)),
                ("region", models.CharField(blank=True, max_length=200)),
                ("employees", models.IntegerField(null=True)),
                ("owner", models.CharField(blank=True, max_length=100)),
                ("sales_owner", models.CharField(blank=True, max_length=100)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("segment", models.CharField(blank=True, max_length=100)),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("growth", models.CharField(blank=True, max_length=40)),
                ("touch", models.CharField(blank=True, max_length=10)),
                ("health", models.FloatField(null=True)),
                ("band", models.CharField(blank=True, max_length=10)),
                ("health_change", models.FloatField(null=True)),
                ("mrr", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("plan", models.CharField(blank=True, max_length=200)),
                ("products", models.IntegerField(null=True)),
                ("seats", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("started_on", models.DateField(null=True)),
                ("renews_on", models.DateField(null=True)),
                ("proposed", models.IntegerField(default=0)),
                ("held", models.IntegerField(default=0)),
                ("detail", models.JSONField(default=dict, encoder=minori.web.models.lean_json.LeanJson)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.run"
                    ),
                ),
            ],
            options={
                "db_table": "read_customer",
                "indexes": [
                    models.Index(fields=["run", "folded", "customer_id"], name="customer_by_name"),
                    models.Index(fields=["run", "health", "id"], name="customer_by_health"),
                    models.Index(fields=["run", "mrr", "id"], name="customer_by_mrr"),
                    models.Index(fields=["run", "owner", "folded"], name="customer_by_owner"),
                    models.Index(fields=["run", "sales_owner", "folded"], name="customer_by_sales"),
                    models.Index(fields=["run", "renews_on", "id"], name="customer_by_renewal"),
                    models.Index(fields=["run", "band", "folded"], name="customer_by_band"),
                    models.Index(
                        fields=[
                            "run",
                            "owner",
                            "sales_owner",
                            "stage",
                            "touch",
                            "segment",
                            "industry",
                            "proposed",
                            "health_change",
                            "seats",
                            "employees",
                            "started_on",
                        ],
                        name="customer_filters",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "customer_id"), name="one_row_per_customer")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("screen", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("query", models.CharField(max_length=2000)),
                ("shared", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "saved_view",
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("person", "screen", "name"), name="one_view_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="VerdictRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("aspect", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(max_length=40)),
                ("label", models.JSONField()),
                ("why", models.JSONField(null=True)),
                (
                    "proof",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="web.proof"
                    ),
                ),
            ],
            options={
                "db_table": "proof_verdict",
                "indexes": [models.Index(fields=["proof", "part", "subject"], name="verdict_by_part")],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("action", models.CharField(max_length=20)),
                ("before", models.CharField(max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("version", models.IntegerField()),
                ("detail", models.JSONField(default=dict)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="web.work"
                    ),
                ),
            ],
            options={
                "db_table": "step",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("work", "version"), name="one_step_per_version")
                ],
            },
        ),
    ]
