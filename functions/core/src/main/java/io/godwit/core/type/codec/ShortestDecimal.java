package io.godwit.core.type.codec;

import java.math.BigInteger;

/**
 * The shortest decimal that lies strictly between the two midpoints around a binary floating-point number, and of these
 * the closest to it. Strictly, as PostgreSQL has it: a decimal on a midpoint would be read back right only by those who
 * round half to even.
 *
 * <p>After R. Giulietti, "The Schubfach way to render doubles" (2020). A number is {@code c * 2^q}; its neighbourhood,
 * scaled by a power of ten so that one to ten whole numbers lie in it, is computed with 126 bits of that power, which
 * suffices for every comparison to be exact. Numbers below are scaled by four more, so that midpoints are whole.
 */
final class ShortestDecimal {
    private static final int MIN_POWER = -293;
    private static final int MAX_POWER = 325;
    private static final long LOW_63 = Long.MAX_VALUE;
    private static final long[] POWERS = powers();

    /** {@code digits * 10^exponent}, with no trailing zeros in the digits. */
    record Digits(long digits, int exponent) {}

    private ShortestDecimal() {}

    /** Of a finite number above zero. */
    static Digits of(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return of(bits & ((1L << 52) - 1), (int) (bits >>> 52), 52, 1075);
    }

    /** Of a finite number above zero. */
    static Digits of(float value) {
        int bits = Float.floatToRawIntBits(value);
        return of(bits & ((1 << 23) - 1), bits >>> 23, 23, 150);
    }

    private static Digits of(long fraction, int biased, int fractionBits, int bias) {
        long c = biased == 0 ? fraction : fraction | (1L << fractionBits);
        int q = Math.max(biased, 1) - bias;
        // Below a power of two numbers lie half as far apart as above it.
        boolean closerBelow = fraction == 0 && biased > 1;
        int k = closerBelow ? floorLog10ThreeQuartersOfPowerOf2(q) : floorLog10OfPowerOf2(q);
        int shift = q + floorLog2OfPowerOf10(-k) + 2;
        int power = 2 * (-k - MIN_POWER);
        long middle = scale(POWERS[power], POWERS[power + 1], (4 * c) << shift);
        long low = scale(POWERS[power], POWERS[power + 1], (4 * c - (closerBelow ? 1 : 2)) << shift);
        long high = scale(POWERS[power], POWERS[power + 1], (4 * c + 2) << shift);
        return choose(low, middle, high, k);
    }

    private static Digits choose(long low, long middle, long high, int k) {
        long below = middle >> 2;
        long tensBelow = below / 10 * 10;
        boolean lowTens = low < (tensBelow << 2);
        boolean highTens = ((tensBelow + 10) << 2) < high;
        if (lowTens != highTens) {
            return stripped(lowTens ? tensBelow : tensBelow + 10, k);
        }
        boolean lowOne = low < (below << 2);
        boolean highOne = ((below + 1) << 2) < high;
        if (lowOne != highOne) {
            return stripped(lowOne ? below : below + 1, k);
        }
        long toMidway = middle - ((2 * below + 1) << 1);
        boolean lower = toMidway < 0 || (toMidway == 0 && (below & 1) == 0);
        return stripped(lower ? below : below + 1, k);
    }

    private static Digits stripped(long digits, int exponent) {
        long left = digits;
        int power = exponent;
        while (left % 10 == 0) {
            left /= 10;
            power++;
        }
        return new Digits(left, power);
    }

    /** {@code power * factor / 2^127}, its last bit set where anything was cut off: enough to compare by. */
    private static long scale(long powerHigh, long powerLow, long factor) {
        long carried = Math.multiplyHigh(powerLow, factor);
        long low = ((powerHigh * factor) >>> 1) + carried;
        long high = Math.multiplyHigh(powerHigh, factor) + (low >>> 63);
        return high | (((low & LOW_63) + LOW_63) >>> 63);
    }

    // The constants are log10(2), log10(3/4) and log2(10), scaled by powers of two.
    private static int floorLog10OfPowerOf2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10ThreeQuartersOfPowerOf2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2OfPowerOf10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    /** For each power of ten its first 126 bits, rounded up, in halves of 63. */
    private static long[] powers() {
        long[] powers = new long[2 * (MAX_POWER - MIN_POWER + 1)];
        for (int e = MIN_POWER; e <= MAX_POWER; e++) {
            int shift = floorLog2OfPowerOf10(e) - 125;
            BigInteger ten = BigInteger.TEN.pow(Math.abs(e));
            BigInteger bits = e >= 0
                    ? shift >= 0 ? ten.shiftRight(shift) : ten.shiftLeft(-shift)
                    : BigInteger.ONE.shiftLeft(-shift).divide(ten);
            bits = bits.add(BigInteger.ONE);
            powers[2 * (e - MIN_POWER)] = bits.shiftRight(63).longValueExact();
            powers[2 * (e - MIN_POWER) + 1] = bits.longValue() & LOW_63;
        }
        return powers;
    }
}
