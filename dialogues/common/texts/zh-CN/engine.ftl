# 产品自身用来写金额、时间和步骤的词句。

gap = { " " }
lines = { $lines }

currency-cny = ¥
currency-usd = $
currency-eur = €
currency-gbp = £
currency-jpy = JP¥
currency-krw = ₩
currency-inr = ₹
currency-rub = ₽
currency-hkd = HK$
currency-twd = NT$
currency-sgd = S$
money-symbol = { $sign }{ $symbol }{ $amount }
money-code = { $sign }{ $amount } { $code }
money-thousands = ,
time-other-day = { $month }月{ $day }日 { $clock }
