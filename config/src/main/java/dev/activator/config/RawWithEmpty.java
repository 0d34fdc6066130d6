package dev.activator.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assignments as they stand, the empty one too. */
record RawWithEmpty() implements ValueSyntax<List<String>> {
    @Override
    public String grammar() {
        return Syntaxes.RAW.grammar();
    }

    @Override
    public boolean isList() {
        return true;
    }

    @Override
    public boolean canReset() {
        return false;
    }

    @Override
    public List<String> parse(@Nullable List<String> soFar, String text, ValueScope scope) throws BadValue {
        return Syntaxes.RAW.parse(soFar, text, scope);
    }

    @Override
    public List<String> assignments(List<String> value) {
        return value;
    }
}
