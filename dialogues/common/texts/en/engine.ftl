# Words that the product itself needs to write amounts, times and steps.

lines = { $lines }

currency-cny = ¥
currency-usd = $
currency-eur = €
currency-gbp = £
currency-jpy = ¥
currency-krw = ₩
currency-inr = ₹
currency-rub = ₽
currency-hkd = HK$
currency-twd = NT$
currency-sgd = S$
money-symbol = { $sign }{ $symbol }{ $amount }
money-code = { $sign }{ $amount } { $code }
money-thousands = ,
time-other-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}, { $clock }

# Repair and answers that don't fit
step-example = For example: <i>{ $example }</i>
step-corrected = Changed.
step-hand-off = I still can't make sense of that. Use the buttons below, or /help; your order stays as it is.
step-not-optional = This one is needed for the order.
refusal-too-short = That is too short: at least { $min ->
    [one] one character
   *[other] { $min } characters
  }, please.
refusal-too-long = That is too long: at most { $max } characters, please.
refusal-pattern = That does not look right.
refusal-not-a-number = A whole number, please.
refusal-out-of-bounds = A number from { $min } to { $max }, please.
refusal-not-a-phone = That does not look like a phone number.
refusal-not-a-choice = Please choose one of the buttons.
refusal-not-yes-or-no = Please tap Yes or No.
refusal-too-few = Please choose at least { $min }.
refusal-too-many = Please choose at most { $max }.
refusal-not-a-day = That is no day I can read. Write it like 24 12 or 2026-12-24.
refusal-no-such-day = There is no such day in the calendar.
refusal-day-out-of-bounds = A day from { $from } to { $to }, please.
refusal-closed-then = We are closed on { $day }; another day, please.
refusal-not-a-slot = Please choose one of the times below.
refusal-not-a-pin = A place is wanted here: share it by 📎 or by the button below.
refusal-not-a-photo = A picture is wanted here: send it by 📎.

# Days
day = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
word-today = today
word-tomorrow = tomorrow
