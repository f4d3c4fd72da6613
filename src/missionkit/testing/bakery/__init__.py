"""A small cooperative bakery, told in any size: where all is as it should be."""
