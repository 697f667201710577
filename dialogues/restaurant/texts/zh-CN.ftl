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
