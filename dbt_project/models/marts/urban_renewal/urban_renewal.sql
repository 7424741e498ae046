{{ theme_mart('urban_renewal') }}
