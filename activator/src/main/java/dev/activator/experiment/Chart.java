package dev.activator.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A chart of lines, as SVG that takes its colours from the page's style. Points are given in the units of the axes. */
final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 300;
    private static final int LEFT = 80;
    private static final int RIGHT = 30;
    private static final int TOP = 34;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5;
    /** A last value that is a hair above a tick needs no further tick. */
    private static final double NEARLY = 0.995;

    private final Axis across;
    private final Axis up;
    private final StringBuilder marks = new StringBuilder();
    private final StringBuilder legend = new StringBuilder();
    private int legendAt = LEFT;

    /**
     * An axis.
     *
     * @param title what it shows, with its unit
     * @param ticks where it is labelled
     * @param label words a tick
     */
    record Axis(
            String title,
            double from,
            double to,
            boolean isLogarithmic,
            List<Double> ticks,
            DoubleFunction<String> label) {
        Axis {
            ticks = List.copyOf(ticks);
        }

        /** From zero, with round labels. */
        static Axis linear(String title, double most, DoubleFunction<String> label) {
            double step = step(most);
            List<Double> ticks = new ArrayList<>();
            ticks.add(0.0);
            for (int i = 1; ticks.get(i - 1) < NEARLY * most; i++) {
                ticks.add(i * step);
            }
            return new Axis(title, 0, ticks.get(ticks.size() - 1), false, ticks, label);
        }

        /** Whole powers of ten around what is shown; all of it must be above zero. */
        static Axis logarithmic(String title, double least, double most, DoubleFunction<String> label) {
            List<Double> ticks = new ArrayList<>();
            double tick = Math.pow(10, Math.floor(Math.log10(least)));
            ticks.add(tick);
            while (tick < most) {
                tick *= 10;
                ticks.add(tick);
            }
            if (ticks.size() == 1) {
                ticks.add(tick * 10);
            }
            return new Axis(title, ticks.get(0), ticks.get(ticks.size() - 1), true, ticks, label);
        }

        private static double step(double most) {
            double rough = Math.max(most, 1e-9) / TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double digit = rough / power;
            return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
        }

        /** How far along it a value is, 0 to 1. */
        double share(double value) {
            double share = isLogarithmic
                    ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
                    : (value - from) / (to - from);
            return Math.max(0, Math.min(1, share));
        }
    }

    /** One point. */
    record Point(double across, double up) {}

    Chart(Axis across, Axis up) {
        this.across = across;
        this.up = up;
    }

    /**
     * Adds a line and its name.
     *
     * @param style class of the page's style
     */
    void line(String name, String style, List<Point> points) {
        marks.append("<polyline class=\"line ").append(style).append("\" points=\"");
        points.forEach(point -> marks.append(place(point)));
        marks.append("\"/>\n");
        legend.append(String.format(
                Locale.ROOT,
                "<line class=\"line %s\" x1=\"%d\" y1=\"14\" x2=\"%d\" y2=\"14\"/><text class=\"name\" x=\"%d\" y=\"18\">%s</text>%n",
                style,
                legendAt,
                legendAt + 24,
                legendAt + 30,
                Markup.text(name)));
        legendAt += 30 + 8 * name.length() + 24;
    }

    /** Adds an area below a line. */
    void area(String style, List<Point> points) {
        if (points.isEmpty()) {
            return;
        }
        marks.append("<polygon class=\"area ").append(style).append("\" points=\"");
        marks.append(place(new Point(points.get(0).across(), up.from())));
        points.forEach(point -> marks.append(place(point)));
        marks.append(place(new Point(points.get(points.size() - 1).across(), up.from())));
        marks.append("\"/>\n");
    }

    private String place(Point point) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x(point.across()), y(point.up()));
    }

    private double x(double value) {
        return LEFT + across.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    /** @param description for whoever cannot see it */
    String svg(String description) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Markup.text(description)));
        for (double tick : up.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/><text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>%n",
                    LEFT,
                    y(tick),
                    WIDTH - RIGHT,
                    y(tick),
                    LEFT - 8,
                    y(tick) + 4,
                    Markup.text(up.label().apply(tick))));
        }
        for (double tick : across.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                    x(tick),
                    HEIGHT - BOTTOM + 18,
                    Markup.text(across.label().apply(tick))));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>%n",
                WIDTH - RIGHT,
                HEIGHT - 4,
                Markup.text(across.title())));
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"18\">%s</text>%n",
                WIDTH - RIGHT,
                Markup.text(up.title())));
        return svg.append(marks).append(legend).append("</svg>\n").toString();
    }
}
