package io.keyward.bench.report;

import java.util.List;

/// Horizontal bars in SVG, which any browser shows.
public final class BarChart {
    private static final int LABELS = 190;
    private static final int BARS = 480;
    private static final int ROW = 26;
    private static final int TOP = 44;

    private final String title;
    private final List<Bar> bars;

    public BarChart(String title, List<Bar> bars) {
        this.title = title;
        this.bars = List.copyOf(bars);
    }

    /// One bar.
    ///
    /// @param value its length; no bar if NaN
    /// @param text the text after the bar
    /// @param ours whether the bar is highlighted
    public record Bar(String label, double value, String text, boolean ours) {}

    public String svg() {
        double most = bars.stream()
                .mapToDouble(Bar::value)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        int height = TOP + ROW * bars.size() + 12;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="12" y="24" font-size="15" font-weight="bold">%3$s</text>
                """.formatted(LABELS + BARS + 190, height, escaped(title)));
        for (int row = 0; row < bars.size(); row++) {
            svg.append(bar(bars.get(row), TOP + ROW * row, most));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Bar bar, int y, double most) {
        int width = Math.max(1, (int) Math.round(BARS * bar.value() / most));
        return """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%d" y="%d" width="%d" height="18" fill="%s"/>
                <text x="%d" y="%d">%s</text>
                """.formatted(
                        LABELS - 8,
                        y + 14,
                        escaped(bar.label()),
                        LABELS,
                        y,
                        width,
                        bar.ours() ? "#1f6feb" : "#9aa4b2",
                        LABELS + width + 6,
                        y + 14,
                        escaped(bar.text()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
