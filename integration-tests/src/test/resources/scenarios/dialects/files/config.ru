run ->(env) { [200, {"content-type" => "text/plain"}, ["served by puma\n"]] }
