# An order written as a list: typed, pasted, or sent as a file.

command-quick = Order by a list or a file

## Words that lists may use, separated by commas
quick-units-piece = pcs, pc, pieces, piece, packs, pack, boxes, box, ea, each
quick-units-gram = g, gr, gram, grams
quick-units-jin = jin
quick-units-kilogram = kg, kgs, kilo, kilos, kilogram, kilograms
quick-headings-code = code, sku, item code, item, article, article number, article no, item no, product code, id
quick-headings-name = name, item name, product, product name, description, article name
quick-headings-quantity = quantity, qty, amount, count, number, pieces

## How to write one
quick-start = 📋 <b>Order by a list</b>
    Write one article on each line, by its code or its name, with how many of it, for example:
    <code>A-100 3
    2 x green tea
    rice 1.5 kg</code>
    Or send a file (.csv, .txt or .xlsx) with the headings <code>code,quantity</code> or <code>name,quantity</code>. Up to { $max } lines.
quick-hint = Write your list as a message, or send a .csv, .txt or .xlsx file.
button-quick-sample = 📄 Sample file
quick-sample = 📄 Fill in your quantities and send it back. The column with the names may stay empty.
quick-sample-name = order
quick-sample-sent = Here it is.

## What its lines came to
quick-title = 📋 <b>Your list</b>: { $count } { $count ->
    [one] line
   *[other] lines
  }, { $put } can go into your cart
quick-more = ⚠️ A list holds { $max } lines: { $count } more were not read. Send them as another list.
quick-open = 👉 { $count } { $count ->
    [one] line needs
   *[other] lines need
  } a look.
quick-line = { $at }. { $result }
quick-taken = ✅ { $what }
quick-left = ⚠️ { $what }: of { $wanted } only so much is left
quick-most = ⚠️ { $what }: no more than that in one order, not { $wanted }
quick-sold-out = ✖ { $what }: sold out
quick-full = ✖ { $what }: the lines above have the most that one order may have, { $max }
quick-added = ＋ “{ $text }”: added to line { $place }
quick-several = ❔ “{ $text }”: which one?
quick-close = ❔ “{ $text }” is not known. Did you mean …?
quick-unknown = ✖ “{ $text }” is not known
quick-options = 👉 { $name }: choose its options
quick-wrong = ✖ { $name }, “{ $text }”: { $why }
quick-skipped = ➖ “{ $text }”: left out
quick-fault-unreadable = the quantity is no number
quick-fault-zero = the quantity must be more than zero
quick-fault-fraction = the quantity must be whole
quick-fault-by-piece = it is sold by the piece, not by weight
quick-fault-by-weight = it is sold by weight: write g or kg
quick-fault-step = the least is { $min }, in steps of { $step }
quick-fault-too-much = one line takes { $max } at most
button-quick-pick = { $at } → { $name }
button-quick-options = { $at } · { $name }: choose
button-quick-skip = { $at } · leave out
button-quick-put = 🛒 Put { $count } { $count ->
    [one] line
   *[other] lines
  } into my cart
button-quick-list = 📋 My list
button-quick-drop = ✖ Throw the list away
quick-dropped = The list is gone. Nothing was put into your cart.
quick-rest = 📋 { $count } { $count ->
    [one] line of your list still waits
   *[other] lines of your list still wait
  }: /quick
quick-nothing = Nothing of it can go into your cart yet.

## Files
quick-reading = 📎 Reading { $name } …
quick-file-utf8 = 📎 { $name } (read as UTF-8)
quick-file-utf16 = 📎 { $name } (read as UTF-16)
quick-file-gb = 📎 { $name } (read as GB 18030)
quick-file-workbook = 📎 { $name } (first sheet)
quick-file-at-question = 📎 A file is no answer to this. Finish this step first, or write /quick to order by a list.
quick-file-too-big = 📎 { $name } is too big: a list has { $max } MB at most. Keep the lines that you want to order and send it again.
quick-file-other-kind = 📎 { $name } is nothing I can read as a list. I read tables and text: .csv, .txt and .xlsx.
quick-file-empty = 📎 There is nothing in { $name }.
quick-file-headings = 📎 { $name } has no headings that I know. The first row must name the columns: <code>code</code> or <code>name</code>, and <code>quantity</code>; also <code>SKU</code>, <code>item</code>, <code>product</code>, <code>qty</code>. The sample file shows how.
quick-file-broken = 📎 { $name } can't be opened: it is damaged, locked by a password, or an old .xls. Save it as .xlsx or .csv and send it again.
quick-file-bomb = 📎 { $name } unpacks to far more than a list. Save it anew with nothing but the list.
quick-file-gone = 📎 Telegram doesn't have { $name } any more. Please send it again.
quick-file-unreachable = 📎 I could not get { $name } from Telegram. Please send it again.

## Long orders
more-lines = … and { $count } more { $count ->
    [one] line
   *[other] lines
  }
more-lines-print = … and { $count } more { $count ->
    [one] line
   *[other] lines
  }: /print { $number }
more-short = … and { $count } more that { $count ->
    [one] is
   *[other] are
  } short
button-all-lines = 📄 All lines
