/** What the super-server promises to an administrator, shown from outside: nothing lost, nothing stalled, all said. */
@NullMarked
package dev.activator.it.promises;

import org.jspecify.annotations.NullMarked;
