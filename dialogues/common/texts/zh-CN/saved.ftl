# Ready-made and saved orders, and items that are waited for.

command-saved = 现成和常用订单
saved-title = ⭐ <b>现成和常用订单</b>
saved-none = 点一个就下单。您还没有保存自己的订单：购物车、确认页和以往订单下面都有保存按钮。
saved-how = 点一个就下单；点 ⋯ 查看和修改。
saved-name = ⭐ <b>{ $name }</b>
saved-is-shared = 已与您的公司共享。
saved-is-anothers = 公司同事共享给您的。
saved-line = { $at }. { $what }
saved-line-gone = { "   " }<i>已下架</i>
saved-ask-name = 用什么名字保存？请写一个（最多 { $max } 个字），或用这个：
saved-ask-rename = <b>{ $name }</b> 改叫什么？请写名字（最多 { $max } 个字）。
saved-name-empty = 名字不能是空的。
saved-name-long = 太长了：名字最多 { $max } 个字。
saved-kept = ⭐ 已保存。
saved-changed = 已修改。
saved-full = 您已保存了 { $max } 个订单，请先删除一个。
saved-nothing = 没有可以保存的内容。
saved-gone = 这个保存的订单已经没有了。
saved-not-yours = 这是别人保存的订单。
saved-other-company = 这个订单在另一家公司内共享，您不是那家公司的成员。
saved-owner-left = 共享这个订单的人已离开公司，不再共享。
saved-last-line = 最后一行不能去掉，可以删除整个保存的订单。
saved-usual-set = 已设为您的老样子。
saved-usual-off = 不再是您的老样子。
saved-ask-delete = 删除 <b>{ $name }</b>？删除后无法恢复。
saved-deleted = 已删除 <b>{ $name }</b>。
saved-unshared = 所有链接都已收回。
saved-link-company = 🔗 <b>{ $name }</b> 已与 { $company } 共享，成员可用此链接打开：
    { $link }
saved-link-own = 🔗 您保存的订单 <b>{ $name }</b> 的链接，只有您能用：
    { $link }
button-saved-go = ▶ { $name }
button-saved-usual = ★ { $name }
button-saved-shared = 👥 { $name }
button-saved-more = ⋯
button-saved-order = ▶ 下单
button-saved-lines = ✎ 内容
button-saved-rename = ✎ 名字
button-saved-mark = ★ 设为老样子
button-saved-unmark = ☆ 取消老样子
button-saved-copy = ⧉ 复制
button-saved-link = 🔗 链接
button-saved-unshare = ✖ 停止共享
button-saved-delete = 🗑 删除
button-saved-delete-yes = 是的，删除
button-saved-keep = ⭐ 保存
button-saved-keep-cart = ⭐ 保存我的购物车
button-saved-keep-so = ⭐ { $name }
button-saved-fewer = { $at } －
button-saved-add = { $at } ＋
button-saved-remove = { $at } 🗑
button-saved-add-cart = ＋ 加入购物车里的
button-home-again = ↻ 再来一单：{ $what }
button-home-usual = ★ { $name }
again-more = { $what }…

## Templates
template-people = ⭐ <b>{ $name }</b> · { $people } 人份
template-ask-people = 几位？
template-gone = 这个现成订单已经没有了。
button-template-go = ▶ { $name } · { $people } 人份
button-template-people = { $people }

## Items that are waited for
awaited-title = 🔔 这些有货时通知您。点一个就不再通知。
awaited-none = 🔔 您没有在等什么。售完的商品下面有到货通知按钮。
awaited-asked = { $name } 有货时通知您。
awaited-stopped = 不再通知您。
awaited-full = 您已在等 { $max } 样东西，请先去掉一个。
awaited-off = 您关闭了这类消息：见 /notify。
awaited-back = 🔔 <b>{ $name }</b> 又有了。
button-awaited = 🔔 我在等的
button-awaited-ask = 🔔 有货时通知我
button-awaited-stop = 🔕 不用通知我
button-awaited-drop = ✖ { $name }
button-want-back = { $on ->
    [1] ☑ 等的东西有货了
   *[other] ☐ 等的东西有货了
  }
