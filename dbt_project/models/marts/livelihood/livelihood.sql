{{ theme_mart('livelihood') }}
