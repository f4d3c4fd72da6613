"""How long revenue that recurs carries the costs."""
