package dev.activator.it.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting that stands in a unit file, found without any of the super-server's own reading: every {@code Name=} at the
 * beginning of a line that does not continue another.
 */
public record WrittenSetting(String file, String section, String name, String value) {

    private static final Pattern SECTION = Pattern.compile("^\\[(.+)]\\s*$");
    private static final Pattern SETTING = Pattern.compile("^\\s*([A-Za-z0-9]+)\\s*=\\s*(.*)");

    /** All settings of a file, each once, but for those of {@code X-} sections. */
    public static Set<WrittenSetting> in(Path file) throws IOException {
        Set<WrittenSetting> settings = new LinkedHashSet<>();
        String section = "";
        boolean continues = false;
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            boolean isComment = line.startsWith("#") || line.startsWith(";");
            Matcher header = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (!continues && header.matches()) {
                section = header.group(1);
            } else if (!continues && !isComment && !section.startsWith("X-") && setting.find()) {
                settings.add(new WrittenSetting(
                        file.getFileName().toString(),
                        section,
                        setting.group(1),
                        setting.group(2).strip()));
            }
            continues = isComment ? continues : line.endsWith("\\");
        }
        return settings;
    }
}
