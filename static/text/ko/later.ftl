# What a first visit says nowhere. A built site has it here; in the sources it stands with what belongs to it.
