# 产品自身用来写金额、时间和步骤的词句。

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

# 对话修正，以及不合要求的回答
step-example = 例如：<i>{ $example }</i>
step-corrected = 已修改。
step-hand-off = 我还是没看懂。请用下面的按钮，或发送 /help；您的订单不会变。
step-not-optional = 这一项是必填的。
refusal-too-short = 太短了，请至少写 { $min } 个字。
refusal-too-long = 太长了，请最多写 { $max } 个字。
refusal-pattern = 看起来不太对。
refusal-not-a-number = 请写一个整数。
refusal-out-of-bounds = 请写 { $min } 到 { $max } 之间的数。
refusal-not-a-phone = 这不像是电话号码。
refusal-not-a-choice = 请点其中一个按钮。
refusal-not-yes-or-no = 请点“是”或“否”。
refusal-too-few = 请至少选 { $min } 项。
refusal-too-many = 最多可选 { $max } 项。
refusal-not-a-day = 没看懂这个日期。请这样写：12月24日，或 2026-12-24。
refusal-no-such-day = 日历上没有这一天。
refusal-day-out-of-bounds = 请选 { $from } 到 { $to } 之间的一天。
refusal-closed-then = { $day } 我们休息，请换一天。
refusal-not-a-slot = 请从下面的时段中选一个。
refusal-not-a-pin = 这里需要一个位置：请用 📎 或下面的按钮分享。
refusal-not-a-photo = 这里需要一张图片：请用 📎 发送。

# 日期
day = { $month }月{ $day }日 { $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
}
word-today = 今天
word-tomorrow = 明天
