{{ config(post_hook="{{ create_scorecard_as_of() }}") }}
{{ scorecard(ref('commitment_version'), 'known_to is null') }}
