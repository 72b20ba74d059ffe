"""Whole-number arithmetic of the engine, compiled: nearness of occupations, metres between places, the lot among the tied."""

from math import sqrt

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

RADIUS_CM = 637_100_880
"""Mean radius of the earth (IUGG, R1)."""

# The key "sportello-lavoro" as two little-endian numbers.
_KEY_0 = np.uint64(int.from_bytes(b"sportell", "little"))
_KEY_1 = np.uint64(int.from_bytes(b"o-lavoro", "little"))
_SIP_0, _SIP_1 = np.uint64(0x736F6D6570736575), np.uint64(0x646F72616E646F6D)
_SIP_2, _SIP_3 = np.uint64(0x6C7967656E657261), np.uint64(0x7465646279746573)
_SIP_END, _SIP_LENGTH = np.uint64(0xFF), np.uint64(32 << 56)

_inlined = njit(inline="always")


@intrinsic
def ones(_typing, _word):  # type: ignore[no-untyped-def]
    """How many bits of a whole number of 64 are set: one instruction, for which numba has no word."""
    return types.int64(types.uint64), lambda _context, builder, _signature, args: builder.ctpop(args[0])


@intrinsic
def lowest(_typing, _word):  # type: ignore[no-untyped-def]
    """The position of the lowest bit that is set; there must be one."""
    return types.int64(types.uint64), lambda context, builder, _signature, args: builder.cttz(
        args[0], context.get_constant(types.boolean, True)
    )


@njit(cache=True, nogil=True)
def _root(square):  # type: ignore[no-untyped-def]
    """Whole square root, rounded down."""
    root = np.int64(sqrt(np.float64(square)))
    while root * root > square:
        root -= 1
    while (root + 1) * (root + 1) <= square:
        root += 1
    return root


@njit(cache=True, nogil=True)
def likenesses(starts, linked, strengths, words):  # type: ignore[no-untyped-def]
    """Cosine of the skills of each pair of occupations in permille, rounded down.

    The skills of occupation `i` are `linked[starts[i]:starts[i + 1]]`, below `words`, with their `strengths`.
    """
    size = len(starts) - 1
    lengths = np.zeros(size, np.int64)
    for i in range(size):
        for at in range(starts[i], starts[i + 1]):
            lengths[i] += strengths[at] * strengths[at]
    like = np.zeros((size, size), np.int64)
    own = np.zeros(words, np.int64)
    for i in range(size):
        for at in range(starts[i], starts[i + 1]):
            own[linked[at]] = strengths[at]
        for j in range(size):
            dot = np.int64(0)
            for at in range(starts[j], starts[j + 1]):
                dot += own[linked[at]] * strengths[at]
            if dot > 0:
                # 10^6 dot^2 / lengths in two steps of long division, since the product leaves 64 bits.
                product = lengths[i] * lengths[j]
                square = dot * dot * 1000
                thousands = square // product
                rest = (square - thousands * product) * 1000 // product
                like[i, j] = _root(thousands * 1000 + rest)
        for at in range(starts[i], starts[i + 1]):
            own[linked[at]] = 0
    return like


@njit(cache=True, nogil=True)
def great_circle_m(ax, ay, az, bx, by, bz):  # type: ignore[no-untyped-def]
    """Whole metres over the sphere between two points in centimetres from its centre.

    From the chord by the first terms of the arcsine: within a metre up to 1,000 km, short of the truth beyond.
    """
    x, y, z = ax - bx, ay - by, az - bz
    chord = _root(x * x + y * y + z * z) // 100
    part = chord * 10_000_000 // RADIUS_CM  # chord / radius, in hundred-thousandths
    square = part * part // 100_000
    return chord + chord * square // 2_400_000 + 3 * chord * square // 100_000 * square // 64_000_000


@_inlined
def _mixed(v0, v1, v2, v3):  # type: ignore[no-untyped-def]
    """One round of SipHash (Aumasson and Bernstein, 2012)."""
    v0 += v1
    v2 += v3
    v1 = (v1 << np.uint64(13)) | (v1 >> np.uint64(51))
    v3 = (v3 << np.uint64(16)) | (v3 >> np.uint64(48))
    v1 ^= v0
    v3 ^= v2
    v0 = (v0 << np.uint64(32)) | (v0 >> np.uint64(32))
    v2 += v1
    v0 += v3
    v1 = (v1 << np.uint64(17)) | (v1 >> np.uint64(47))
    v3 = (v3 << np.uint64(21)) | (v3 >> np.uint64(43))
    v1 ^= v2
    v3 ^= v0
    v2 = (v2 << np.uint64(32)) | (v2 >> np.uint64(32))
    return v0, v1, v2, v3


@njit(cache=True, nogil=True)
def _reversed(word):  # type: ignore[no-untyped-def]
    """The eight bytes the other way round: ids are read from their upper end, the hash from the lower."""
    turned = np.uint64(0)
    for _ in range(8):
        turned = (turned << np.uint64(8)) | (word & np.uint64(255))
        word = word >> np.uint64(8)
    return turned


@njit(cache=True, nogil=True)
def lot(a_high, a_low, b_high, b_low):  # type: ignore[no-untyped-def]
    """SipHash-2-4 of the 32 bytes of a vacancy's and a person's id: who registered first gains nothing by it."""
    v0, v1, v2, v3 = _KEY_0 ^ _SIP_0, _KEY_1 ^ _SIP_1, _KEY_0 ^ _SIP_2, _KEY_1 ^ _SIP_3
    for word in (_reversed(a_high), _reversed(a_low), _reversed(b_high), _reversed(b_low), _SIP_LENGTH):
        v3 ^= word
        v0, v1, v2, v3 = _mixed(v0, v1, v2, v3)
        v0, v1, v2, v3 = _mixed(v0, v1, v2, v3)
        v0 ^= word
    v2 ^= _SIP_END
    for _ in range(4):
        v0, v1, v2, v3 = _mixed(v0, v1, v2, v3)
    return v0 ^ v1 ^ v2 ^ v3
