<?php echo "served by php-fpm\n";
