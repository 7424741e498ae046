"""From a URL into the landing folder: politely (robots.txt, one request at a time per host), within limits, and never to a private address unasked."""
