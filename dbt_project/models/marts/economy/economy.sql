{{ theme_mart('economy') }}
