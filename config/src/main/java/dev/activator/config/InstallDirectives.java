package dev.activator.config;

import java.util.List;
import java.util.Optional;

/** The rows of [Install], which only enabling and disabling look at. systemd.unit(5). */
public final class InstallDirectives {
    private static final Rows ROWS = new Rows("Install");

    public static final Directive<List<String>> ALIAS = ROWS.add(
            "Alias", Syntaxes.UNIT_NAMES, List.of(), "Other names under which the unit is linked when it is enabled.");

    public static final Directive<List<String>> WANTED_BY = ROWS.add(
            "WantedBy",
            Syntaxes.UNIT_NAMES,
            List.of(),
            "Units in whose .wants directory the unit is linked when it is enabled.");

    public static final Directive<List<String>> REQUIRED_BY = ROWS.add(
            "RequiredBy", Syntaxes.UNIT_NAMES, List.of(), "Units in whose .requires directory the unit is linked.");

    public static final Directive<List<String>> UPHELD_BY = ROWS.add(
            "UpheldBy", Syntaxes.UNIT_NAMES, List.of(), "Units in whose .upholds directory the unit is linked.");

    public static final Directive<List<String>> ALSO =
            ROWS.add("Also", Syntaxes.UNIT_NAMES, List.of(), "Units that are enabled and disabled with this one.");

    public static final Directive<Optional<String>> DEFAULT_INSTANCE = ROWS.add(
            "DefaultInstance",
            Syntaxes.STRING.optional(),
            Optional.empty(),
            "The instance that stands for the template itself.");

    private InstallDirectives() {}

    static List<Directive<?>> rows() {
        return ROWS.all();
    }
}
