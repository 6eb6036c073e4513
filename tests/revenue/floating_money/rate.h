#pragma once
// What the check must find: a rate held in floating point.
inline long long with_bonus(long long micro) { return micro * 105 / static_cast<long long>(1e2); }
