"""History: what is done with chains of commits, without keeping them."""
