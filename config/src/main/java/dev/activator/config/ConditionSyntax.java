package dev.activator.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one kind of condition, each after the marks {@code |} and {@code !}.
 *
 * @param isPath whether the argument must be an absolute path
 */
record ConditionSyntax(String kind, boolean isAssert, boolean isPath) implements ValueSyntax<List<Condition>> {
    @Override
    public String grammar() {
        return isPath ? "[|][!]absolute path" : "[|][!]text";
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public List<Condition> parse(@Nullable List<Condition> soFar, String text, ValueScope scope) throws BadValue {
        String rest = text.strip();
        boolean isTrigger = rest.startsWith("|");
        rest = isTrigger ? rest.substring(1).strip() : rest;
        boolean isNegated = rest.startsWith("!");
        rest = isNegated ? rest.substring(1).strip() : rest;
        String argument = scope.expandAll(rest);
        if (argument.isEmpty()) {
            throw BadValue.ignored("says nothing");
        }
        if (isPath && !argument.startsWith("/")) {
            throw BadValue.ignored("is no absolute path");
        }
        List<Condition> all = new ArrayList<>(soFar == null ? List.of() : soFar);
        all.add(new Condition(kind, argument, isNegated, isTrigger, isAssert));
        return List.copyOf(all);
    }

    @Override
    public List<String> assignments(List<Condition> value) {
        return value.stream()
                .map(condition -> Specifiers.protect(condition.value()))
                .toList();
    }

    @Override
    public String show(List<Condition> value) {
        return String.join(" ", value.stream().map(Condition::value).toList());
    }
}
