package io.keyward.ops.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// An `Accept` header (RFC 9110, 12.5.1). What it says wrongly it does not say.
record Accept(List<Range> ranges) {
    static Accept parse(String header) {
        return new Accept(Arrays.stream(header.toLowerCase(Locale.ROOT).split(","))
                .map(Range::parse)
                .toList());
    }

    /// The offer of the highest quality; of equals the first.
    String preferred(List<String> offers) {
        String best = offers.getFirst();
        for (String offer : offers) {
            if (quality(offer) > quality(best)) {
                best = offer;
            }
        }
        return best;
    }

    /// The most specific range that covers the type says how welcome it is.
    private double quality(String mediaType) {
        return ranges.stream()
                .filter(range -> range.covers(mediaType))
                .max(Comparator.comparingInt(Range::specificity).thenComparingDouble(Range::quality))
                .map(Range::quality)
                .orElse(0.0);
    }

    /// @param type a media type, `type/*` or `*/*`
    record Range(String type, double quality) {
        private static Range parse(String text) {
            String[] parts = text.split(";");
            double quality = Arrays.stream(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(parameter -> parameter.startsWith("q="))
                    .mapToDouble(parameter -> number(parameter.substring(2)))
                    .findFirst()
                    .orElse(1.0);
            return new Range(parts.length == 0 ? "" : parts[0].strip(), quality);
        }

        boolean covers(String mediaType) {
            return type.equals(mediaType)
                    || type.equals("*/*")
                    || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)));
        }

        int specificity() {
            return type.equals("*/*") ? 0 : type.endsWith("/*") ? 1 : 2;
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException malformed) {
                return 0;
            }
        }
    }
}
