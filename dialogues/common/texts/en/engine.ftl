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
