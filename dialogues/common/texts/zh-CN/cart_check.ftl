# What changed of a cart since it was last seen.

cart-changed = 🔄 从您上次看购物车（{ $time }）到现在有变化：
    { $changes }
cart-changed-price = • { $name }：{ $was } → { $now }
cart-changed-short = • { $name }：只剩 { $left }，购物车里有 { $wanted }
cart-changed-out = • { $name }：已售罄
