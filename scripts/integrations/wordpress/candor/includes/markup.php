<?php
/**
 * Finds paid links in HTML by the rules that Candor told, and writes into their tags. Nothing here asks the network.
 */

defined( 'ABSPATH' ) || exit;

const CANDOR_A_TAG = '/<a(?=[\s\/])(?:[^"\'>]|"[^"]*"|\'[^\']*\')*>/i';

/** The value of an attribute of a start tag, decoded; null when it has none. */
function candor_attribute( $tag, $name ) {
	if ( ! preg_match( '/[\s"\'\/]' . $name . '\s*=\s*(?:"([^"]*)"|\'([^\']*)\'|([^\s"\'>]+))/i', $tag, $found, PREG_UNMATCHED_AS_NULL ) ) {
		return null;
	}
	$value = $found[1] ?? $found[2] ?? $found[3] ?? '';
	return trim( html_entity_decode( $value, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
}

/** The tag with the attribute set; its other attributes are left as they are. */
function candor_with_attribute( $tag, $name, $value ) {
	$written = $name . '="' . esc_attr( $value ) . '"';
	$changed = preg_replace_callback(
		'/([\s"\'\/])' . $name . '\s*=\s*(?:"[^"]*"|\'[^\']*\'|[^\s"\'>]+)/i',
		static function ( $found ) use ( $written ) {
			return $found[1] . $written;
		},
		$tag,
		1,
		$count
	);
	return $count ? $changed : preg_replace( '/^<a/i', '$0 ' . str_replace( array( '\\', '$' ), array( '\\\\', '\\$' ), $written ), $tag );
}

/** '*' any run, '?' one character, '#' a run of digits; ignores case. */
function candor_glob_matches( $glob, $text ) {
	$pattern = strtr( preg_quote( $glob, '~' ), array( '\\*' => '.*', '\\?' => '.', '\\#' => '[0-9]+' ) );
	return 1 === preg_match( '~^' . $pattern . '$~is', $text );
}

function candor_query_has( $query, $wanted ) {
	list( $name, $glob ) = array_pad( explode( '=', $wanted, 2 ), 2, '' );
	foreach ( explode( '&', $query ) as $piece ) {
		list( $key, $value ) = array_pad( explode( '=', $piece, 2 ), 2, '' );
		if ( 0 !== strcasecmp( urldecode( $key ), $name ) ) {
			continue;
		}
		$value = urldecode( $value );
		if ( '' === $glob ? '' !== $value : candor_glob_matches( $glob, $value ) ) {
			return true;
		}
	}
	return false;
}

function candor_term_holds( $term, $url, $rule_host ) {
	if ( '-' === $term ) {
		return true;
	}
	if ( 'subdomain' === $term ) {
		return $url['host'] !== $rule_host && 'www.' . $rule_host !== $url['host'];
	}
	list( $kind, $wanted ) = array_pad( explode( ':', $term, 2 ), 2, '' );
	if ( 'path' === $kind ) {
		return candor_glob_matches( $wanted, $url['path'] ?? '/' );
	}
	return 'query' === $kind && candor_query_has( $url['query'] ?? '', $wanted );
}

function candor_rule_matches( $rule, $url ) {
	list( $kind, $host, $condition ) = $rule;
	$fits = 'any' === $kind
		|| ( 'exact' === $kind && $url['host'] === $host )
		|| ( 'suffix' === $kind && ( $url['host'] === $host || '.' . $host === substr( $url['host'], -strlen( $host ) - 1 ) ) )
		|| ( 'prefix' === $kind && 0 === strpos( $url['host'], $host ) );
	if ( ! $fits ) {
		return false;
	}
	foreach ( explode( ' or ', $condition ) as $alternative ) {
		$holds = true;
		foreach ( explode( ' ', $alternative ) as $term ) {
			$holds = $holds && candor_term_holds( $term, $url, $host );
		}
		if ( $holds ) {
			return true;
		}
	}
	return false;
}

/** The network a URL pays through: "amazon", "own" for the site's own links, "" for none. */
function candor_network_of( $href, $fallback ) {
	$href = preg_replace( '/[\t\n\r]/', '', $href );
	if ( 0 === strpos( $href, '//' ) ) {
		$href = 'https:' . $href;
	}
	$go = isset( $fallback['go_url'] ) ? $fallback['go_url'] : '';
	if ( '' !== $go && '/' === substr( $href, 0, 1 ) ) {
		$home = wp_parse_url( home_url() );
		$href = $home['scheme'] . '://' . $home['host'] . ( isset( $home['port'] ) ? ':' . $home['port'] : '' ) . $href;
	}
	$url = wp_parse_url( $href );
	if ( empty( $url['host'] ) || ! in_array( strtolower( $url['scheme'] ?? '' ), array( 'http', 'https' ), true ) ) {
		return '';
	}
	if ( '' !== $go && candor_is_below( $url, wp_parse_url( $go ) ) ) {
		return 'own';
	}
	$url['host'] = strtolower( $url['host'] );
	foreach ( $fallback['rules'] ?? array() as $rule ) {
		if ( is_array( $rule ) && 4 === count( $rule ) && candor_rule_matches( $rule, $url ) ) {
			return $rule[3];
		}
	}
	return '';
}

/** Whether a URL is one of the links below the site's prefix; http or https make no difference. */
function candor_is_below( $url, $go ) {
	return isset( $go['host'], $go['path'], $url['path'] ) && 0 === strcasecmp( $url['host'], $go['host'] )
		&& ( $url['port'] ?? 0 ) === ( $go['port'] ?? 0 ) && strlen( $url['path'] ) > strlen( $go['path'] ) && 0 === strpos( $url['path'], $go['path'] );
}

/** The networks of the paid links in HTML, in order. */
function candor_networks_in( $html, $fallback ) {
	$networks = array();
	if ( ! $fallback || false === stripos( $html, '<a' ) || ! preg_match_all( CANDOR_A_TAG, $html, $tags ) ) {
		return $networks;
	}
	foreach ( $tags[0] as $tag ) {
		$href    = candor_attribute( $tag, 'href' );
		$network = null === $href ? '' : candor_network_of( $href, $fallback );
		if ( '' !== $network ) {
			$networks[] = $network;
		}
	}
	return $networks;
}

/** A link of the site's own with the article it stands in, as Candor writes it. */
function candor_stamped( $href, $path, $placement ) {
	list( $head, $fragment ) = array_pad( explode( '#', $href, 2 ), 2, null );
	list( $head, $query )    = array_pad( explode( '?', $head, 2 ), 2, '' );

	$kept = array_filter(
		explode( '&', $query ),
		static function ( $piece ) {
			return '' !== $piece && ! in_array( substr( $piece, 0, 2 ), array( 'a=', 'p=' ), true );
		}
	);
	$kept[] = 'a=' . rawurlencode( $path );
	$kept[] = 'p=' . (int) $placement;
	return $head . '?' . implode( '&', $kept ) . ( null === $fragment ? '' : '#' . $fragment );
}

/** HTML disclosed with what is known here: the notice in front, the article on own links, rel on all paid ones. */
function candor_disclosed_locally( $html, $fallback, $path ) {
	$placement = 0;
	$amazon    = false;
	$html      = preg_replace_callback(
		CANDOR_A_TAG,
		static function ( $found ) use ( $fallback, $path, &$placement, &$amazon ) {
			$tag     = $found[0];
			$href    = candor_attribute( $tag, 'href' );
			$network = null === $href ? '' : candor_network_of( $href, $fallback );
			if ( '' === $network ) {
				return $tag;
			}
			++$placement;
			$amazon = $amazon || 'amazon' === $network;
			$rel    = preg_split( '/\s+/', (string) candor_attribute( $tag, 'rel' ), -1, PREG_SPLIT_NO_EMPTY );
			$merged = array_merge( $rel, array_diff( array( 'sponsored', 'nofollow' ), array_map( 'strtolower', $rel ) ) );
			if ( $merged !== $rel ) {
				$tag = candor_with_attribute( $tag, 'rel', implode( ' ', $merged ) );
			}
			return 'own' === $network ? candor_with_attribute( $tag, 'href', candor_stamped( $href, $path, $placement ) ) : $tag;
		},
		$html
	);
	return ( $amazon ? $fallback['amazon_block'] : $fallback['block'] ) . $html;
}

/**
 * WordPress numbers some classes anew on every page it renders. So that content is known again, they are taken for
 * placeholders: array( content with placeholders, what they stand for ).
 */
function candor_masked( $html ) {
	$names  = array();
	$masked = preg_replace_callback(
		'/\b(?:wp-container-[\w-]*?\d+|wp-elements-[0-9a-f]+|wp-duotone-[\w-]+|wp-block-gallery-\d+|wp-block-search__input-\d+)\b/',
		static function ( $found ) use ( &$names ) {
			$at = array_search( $found[0], $names, true );
			if ( false === $at ) {
				$at      = count( $names );
				$names[] = $found[0];
			}
			return 'candor-name-' . $at . '-';
		},
		$html
	);
	return null === $masked ? array( $html, array() ) : array( $masked, $names );
}

function candor_unmasked( $html, $names ) {
	return preg_replace_callback(
		'/candor-name-(\d+)-/',
		static function ( $found ) use ( $names ) {
			return $names[ (int) $found[1] ] ?? $found[0];
		},
		$html
	);
}
