package io.keyward.app.terminal;

/// A name that may end in a number.
///
/// @param stem the name without these digits
/// @param digits the digits at the end, at most nine; empty if there are none
record NumberedName(String stem, String digits) {
    private static final int MOST_DIGITS = 9;

    static NumberedName of(String text) {
        int start = text.length();
        while (start > 0 && text.length() - start < MOST_DIGITS && isDigit(text.charAt(start - 1))) {
            start--;
        }
        return new NumberedName(text.substring(0, start), text.substring(start));
    }

    String text() {
        return stem + digits;
    }

    /// Whether the other name is the same with the next number and the same number of digits.
    boolean precedes(NumberedName other) {
        return stem.equals(other.stem)
                && !digits.isEmpty()
                && digits.length() == other.digits.length()
                && Integer.parseInt(digits) + 1 == Integer.parseInt(other.digits);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
