/** What the benchmarks share; each of them is in the package of what it measures, and so reaches what only that package sees. */
@NullMarked
package dev.activator.parts;

import org.jspecify.annotations.NullMarked;
