# Words that the product itself needs to write amounts, times and steps.

gap = { " " }
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
