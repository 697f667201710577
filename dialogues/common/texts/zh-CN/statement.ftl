# 对账单、对账单文件和到期提醒。

command-statement = 您的账户：欠款与还款

## 对账单
statement-title = 📄 <b>{ $name }</b> · { $days }
statement-own = 您的账户
statement-days = { $first } 至 { $last }
statement-until = 自开户至 { $last }
statement-owed = 欠款 { $amount }
statement-ahead = 预付 { $amount }
statement-opening = 期初余额：{ $balance }
statement-opened = 📥 期初结转：{ $amount }
statement-charged = ➕ 收货 { $count } 笔：{ $amount }
statement-paid = ➖ 还款 { $count } 笔：{ $amount }
statement-refunded = ➖ 退款 { $count } 笔：{ $amount }
statement-adjusted = ✏️ 更正 { $count } 笔：{ $amount }
statement-nothing = 这段时间没有账目。
statement-closing = <b>期末余额：{ $balance }</b>
statement-held = 🔒 另有未完成订单占用 { $amount }。
statement-held-waiting = 🔒 另有未完成订单占用 { $amount }，其中 { $waiting } 正在等待审批。
statement-limit = 💳 额度 { $limit }，{ $free }
statement-unpaid = <b>待付款项</b>
statement-due = 📅 { $amount }，{ $day } 前付清
statement-overdue = ⚠️ { $amount }，应于 { $day } 付清：已逾期 { $days } 天
statement-due-later = …… 之后还有 { $amount }。
statement-how = 查看其他日期，请写起止两天：<i>2026-10-01 2026-11-15</i>
statement-which = 📄 查看哪个账户？
statement-none = 您在这里没有账户，或无权查看公司账户：请找公司管理员。
statement-usage = 请写明账户：<code>/statement acme-ltd</code>、公司名称或个人编号；后面可加日期：<code>/statement acme-ltd 2026-10-01 2026-11-15</code>
statement-unknown = 没有叫“{ $words }”的账户。
statement-not-yours = “{ $words }”不是您的账户。
statement-gone = 没有这个账户，或您无权查看。
statement-caption = 📄 { $name } · { $days }
    { $count ->
    [0] 没有账目
   *[other] 共 { $count } 笔
}，余额：{ $balance }
statement-sent = 文件在下方。
statement-too-long = 账目超过 { $max } 笔。请选择较短的时间。

button-statement = 📄 对账单
button-statement-month = 本月
button-statement-last = 上月
button-statement-quarter = 近三个月
button-statement-year = 今年
button-statement-all = 全部
button-statement-csv = ⬇️ CSV
button-statement-xlsx = ⬇️ XLSX
button-statement-accounts = ‹ 账户

## 文件中的文字
sheet-title = 对账单
sheet-date = 日期
sheet-time = 时间
sheet-what = 摘要
sheet-order-day = 订单日期
sheet-order = 订单号
sheet-reference = 凭证号
sheet-amount = 金额 { $currency }
sheet-balance = 余额 { $currency }
sheet-due = 到期日
sheet-comment = 备注
sheet-opening = 期初余额
sheet-closing = 期末余额
sheet-opened = 期初结转
sheet-charged = 收货
sheet-paid = 还款
sheet-refunded = 退款
sheet-adjusted = 更正

## 到期提醒
due-title = 💳 <b>{ $name }</b>：请留意待付款项。
due-soon = 📅 { $amount }，请在 { $day } 前付清（还有 { $days } 天）。
due-tomorrow = 📅 { $amount }，请在明天（{ $day }）前付清。
due-late = ⚠️ { $amount }，应于 { $day } 付清，已逾期 { $days } 天。
due-all = 共欠 { $amount }。
