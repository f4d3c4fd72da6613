"""What moved a figure: activities, roles, clients, segments, and by how much."""
