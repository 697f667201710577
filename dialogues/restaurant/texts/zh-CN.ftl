# 餐厅自己的词句。这里的词句会取代产品中相同 id 的词句。

pickup = 🥡 自取
pickup-items = 菜品
pickup-time = 取餐时间
pickup-time-ask = 您想什么时候来取？
pickup-time-example = 点“尽快”
pickup-time-asap = 尽快
pickup-time-in-30 = 30 分钟后
pickup-time-in-45 = 45 分钟后
pickup-time-in-60 = 1 小时后
pickup-name = 称呼
pickup-name-ask = 取餐时怎么称呼您？
pickup-name-example = 李伟
pickup-phone = 电话
pickup-phone-ask = 这单份量较大，请留一个联系电话。
pickup-phone-example = 138 0013 8000
pickup-note = 备注
pickup-note-ask = 有什么要告诉厨房的吗？
pickup-note-example = 请给四双筷子

delivery = 🛵 外送
delivery-items = 菜品
delivery-address = 地址
delivery-address-ask = 送到哪里？
delivery-address-example = 花园路 12 号 5 室
delivery-phone = 电话
delivery-phone-ask = 骑手打哪个电话能联系到您？
delivery-phone-example = 138 0013 8000
delivery-when = 送达时间
delivery-when-ask = 您希望什么时候送到？
delivery-when-example = 点“尽快”
delivery-when-asap = 尽快
delivery-when-in-60 = 1 小时后
delivery-when-in-90 = 1.5 小时后
delivery-pay = 付款方式
delivery-pay-ask = 收货时怎么付款？
delivery-pay-example = 点“现金”
delivery-note = 备注
delivery-note-ask = 有什么要告诉厨房或骑手的吗？
delivery-note-example = 门铃坏了，请打电话
payment-cash = 现金
payment-card = 上门刷卡
fee-delivery = 配送费

dine-in = 🍜 堂食点单
dine-in-items = 菜品
dine-in-guests = 人数
dine-in-guests-ask = 几位用餐？我们好备碗筷。
dine-in-guests-example = 4
dine-in-note = 备注
dine-in-note-ask = 有什么要告诉厨房的吗？
dine-in-note-example = 先上凉菜
dine-in-payment = 付款
dine-in-payment-ask = 您想怎么付款？
dine-in-payment-example = 桌边付款
payment-at-table = 餐后在桌边付款

reason-busy = 厨房现在太忙了
reason-sold-out = 有菜刚刚售完
reason-closing = 我们快要打烊了
reason-begun = 菜已经在做了
reason-almost-ready = 马上就做好了
reason-nobody-there = 没有人应门
reason-address-not-found = 找不到地址
reason-refused = 顾客拒收
tax-food = 餐饮增值税
tax-alcohol = 酒类增值税

## Rules of approval
rule-large = 超过 ¥2,000 的订单需要人工审批。

# 适合哪种饮食
diet-vegetarian = 素食
diet-vegan = 纯素

## Orders made ready
template-lunch = 多人午餐
template-lunch-about = 里脊、青菜、米饭和茶，二至十二人。
template-tea-break = 下午茶
template-tea-break-note = 分着喝
