/** Tests of the experiment's parts that need no super-server; whole experiments are run by the integration tests. */
@NullMarked
package dev.activator.experiment;

import org.jspecify.annotations.NullMarked;
