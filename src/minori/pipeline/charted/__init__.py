"""One file per chart of the company's own results; its name is the chart's name.

Charts draw only when asked: what draws them is imported inside the function, because the extra may not be installed.
"""
