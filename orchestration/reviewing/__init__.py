"""What people decide about doubtful links, uncatalogued subjects and conflicts: dated events in `reviews/` of the landing folder, and the queue they come from."""
