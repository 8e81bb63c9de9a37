# A struct in people's notes: its picture, its table, its static page.

## The picture and the table.

notes-size-of =
    { $bytes } B · { $lines ->
        [one] { $lines } cacheline
       *[other] { $lines } cachelines
    }
notes-line = { $member }: { $type }, offset { $offset }, size { $size }
notes-bits =
    { $bits ->
        [one] { $bits } bit
       *[other] { $bits } bits
    }
notes-offset = offset
notes-size = size
notes-type = type
notes-member = member
notes-hole = hole
notes-padding = padding
struct-lines-folded = { $lines } cachelines
notes-picture = Eight bytes to a row, eight rows to a cacheline. Hatched: what no member uses.

## The static page.

embed-open = Open in nicscope
embed-made = Made
embed-used = Used
embed-life = Life
embed-source = Source: { $source } in Linux { $kernel }
embed-map = Cachelines of { $struct }; each member stands in the table
embed-more =
    { $count ->
        [one] { $count } more member
       *[other] { $count } more members
    }
embed-picture = As a picture
embed-kernel = In Linux { $kernel }

## The list of them.

embed-index = Structs for your notes
embed-index-about = Each page and each picture works without a script, in a frame or as a file.
