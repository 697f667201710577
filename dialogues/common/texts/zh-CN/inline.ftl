# 在任意聊天中搜索：“@机器人 关键词”。发出去的消息，没用过机器人的人也会看到。
inline-open = 🛒 打开{ $shop }
inline-nothing = 🔎 没有找到，去{ $shop }看看
inline-answer = ❔ { $question }
inline-price-from = { $price }起
inline-sign = <i>{ $shop }</i>
button-inline-order = 🛒 去下单
button-inline-shop = 💬 问问店家
