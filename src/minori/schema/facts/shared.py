"""What the declarations of fact tables share: short names of types, and columns that many tables have."""

from minori.schema.table import Column, Type, Visible

TEXT, INTEGER, QUANTITY, MONEY = Type.TEXT, Type.INTEGER, Type.QUANTITY, Type.MONEY
DATE, INSTANT, FLAG, JSON = Type.DATE, Type.INSTANT, Type.FLAG, Type.JSON
CURRENT, MASKED, AGREED = Visible.CURRENT, Visible.MASKED, Visible.AGREED

CUSTOMER = Column("customer_id", TEXT, "who pays", required=True)
USER = Column("user_id", TEXT, "who uses")
CURRENCY = Column("currency", TEXT, "ISO 4217 code; default the company's")
