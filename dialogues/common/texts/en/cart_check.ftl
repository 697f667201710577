# What changed of a cart since it was last seen.

cart-changed = 🔄 Since you last saw your cart at { $time }:
    { $changes }
cart-changed-price = • { $name }: { $was } → { $now }
cart-changed-short = • { $name }: only { $left } left, your cart has { $wanted }
cart-changed-out = • { $name }: sold out
