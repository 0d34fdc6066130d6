/** Tests of the unit-file reader, the directive table and the catalog. */
@NullMarked
package dev.activator.config;

import org.jspecify.annotations.NullMarked;
