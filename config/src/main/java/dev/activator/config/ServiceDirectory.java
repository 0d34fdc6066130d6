package dev.activator.config;

import java.util.List;

/**
 * A directory that is made for a service below the host's runtime, state, cache, log or configuration directory.
 *
 * @param path relative, without {@code ..}
 * @param links symbolic links to it, relative to the same parent
 * @param readOnly whether the service may only read it
 */
public record ServiceDirectory(String path, List<String> links, boolean readOnly) {
    public ServiceDirectory {
        links = List.copyOf(links);
    }

    /** As it is assigned: {@code path}, {@code path:link}, {@code path:link:ro}. */
    @Override
    public String toString() {
        String text = path + ":" + String.join(":", links) + (readOnly ? ":ro" : "");
        return links.isEmpty() && !readOnly ? path : text;
    }
}
