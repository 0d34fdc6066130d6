/** Tests of the guided tour's parts that need no super-server; the whole tour is run by the integration tests. */
@NullMarked
package dev.activator.demo;

import org.jspecify.annotations.NullMarked;
