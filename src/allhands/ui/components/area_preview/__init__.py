"""An alert area: what will get it drawn solid, what may get it dashed, and a sentence that carries all of it."""
