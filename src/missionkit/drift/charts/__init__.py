"""Control charts: a figure over time beside the limits of what is usual.

A chart is evidence that people can look at. It is no verdict: over a whole series its
rules give false alarms more often than their limits suggest.
"""
