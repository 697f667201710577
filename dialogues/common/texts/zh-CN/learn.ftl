# 从顾客说法中学到的：商品的别名、顾客自己的说法。

command-aliases = 学到的别名
alias-proposed = 🗣 有 { $count } 位顾客用“{ $phrase }”来指 <b>{ $item }</b>。要设为它的别名吗？
button-alias-accept = ✅ 采用
button-alias-decline = ✖ 不采用
alias-accepted = 已对所有人生效。
alias-declined = 不采用，以后不再询问。
alias-ended-accepted = ✅ { $who } 已采用，对所有人生效。
alias-ended-declined = ✖ { $who } 决定不采用。
alias-ended-removed = 🗑 { $who } 又将其移除。
alias-item-gone = 这件商品已不再出售，暂不需要别名。可以选择不采用，或等它重新上架后再决定。
alias-is-name = “{ $phrase }”现在已是 { $item } 的名称，不能再作别名。
alias-is-alias = “{ $phrase }”已经是 { $item } 的别名。请先在那里移除：/aliases
alias-full = 已采用 { $max } 个别名，请先移除一个：/aliases
alias-gone = 这一条已不存在。
aliases-title = 🗣 <b>从顾客说法中学到的别名</b>
aliases-none = 还没有。当有 { $count } 位顾客用同样的说法选了同一件商品时，会询问您是否设为别名。
button-alias = “{ $phrase }” → { $item }
button-alias-open = ❓ “{ $phrase }” → { $item }
alias-shown = 🗣 “{ $phrase }”是 <b>{ $item }</b> 的别名。
    有 { $count } 位顾客这样说；{ $who } 于 { $time } 采用。
    移除后不再生效，也不会再次询问。
button-alias-remove = 🗑 移除
alias-removed = 已移除，不再生效。
button-words = 🗣 我的说法
words-title = 🗣 <b>我从您那里学到的说法</b>
    点一下即可忘记。
words-none = 🗣 我还没有从您那里学到任何说法。
button-word = ✕ “{ $phrase }” → { $item }
button-words-all = ✕ 全部忘记
words-forgotten = 已忘记。
audit-alias = { $subject }：采用“{ $phrase }”为别名
audit-alias-declined = { $subject }：不采用“{ $phrase }”为别名
audit-alias-removed = { $subject }：移除别名“{ $phrase }”
